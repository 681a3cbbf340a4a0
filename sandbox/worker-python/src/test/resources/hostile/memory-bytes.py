# MEMORY|THROWN
len(bytearray(2**31 - 100))
