# CPU
while True: pass
