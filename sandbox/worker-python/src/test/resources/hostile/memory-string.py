# MEMORY
len('x' * 2**31 + 'y')
