# CPU
class M(type):
  def __instancecheck__(c, i):
    while True: pass
class A(metaclass=M): pass
isinstance(1, A)
