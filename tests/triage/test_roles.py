from triage.roles import MAY, Role


def test_each_role_may_do_what_those_before_it_may_and_no_more() -> None:
    order = list(Role)
    for at, role in enumerate(order):
        assert [each for each in order if role.includes(each)] == order[: at + 1]
    assert set(MAY) == set(Role)
