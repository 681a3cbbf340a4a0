# MEMORY
len('x' * 2**30 + 'y')
