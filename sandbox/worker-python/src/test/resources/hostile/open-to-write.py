# THROWN
open('/tmp/mortise-escaped', 'w').write('x')
