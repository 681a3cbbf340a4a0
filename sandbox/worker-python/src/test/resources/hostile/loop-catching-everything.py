# CPU
def f():
  while True:
    try:
      while True: pass
    except BaseException: continue
    finally: continue
f()
