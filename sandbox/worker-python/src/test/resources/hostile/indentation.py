# SYNTAX
def f():
return 1
