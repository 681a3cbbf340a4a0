# SYNTAX|THROWN
eval('\0')
