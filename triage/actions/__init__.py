"""Use cases: one module each, one public function each; plain arguments in, one frozen result out."""
