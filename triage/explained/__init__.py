"""One household explained: as data, as a letter, and where its debts stand."""
