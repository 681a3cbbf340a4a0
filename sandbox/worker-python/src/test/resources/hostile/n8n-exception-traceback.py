# THROWN|OK
try: 1 / 0
except Exception as e: f = e.__traceback__.tb_frame
while f.f_back: f = f.f_back
f.f_builtins['__import__']('os').system('id')
