"""How well the tests guard what must not break: `make mutants`, or `python -m tests.mutants [NAME …]`.

Small faults are made one at a time with mutmut's operators, in a copy of the tree, and the quick tests of that place
are run on each; a fault that no test sees *survives*. mutmut's own runner leaves out what stands outside of functions,
and our statements stand there; so one file is rewritten for each fault, and a process that has loaded what never
changes is forked for its tests. Left as they are: types, decorators, imports, and what only the log is told.
"""
