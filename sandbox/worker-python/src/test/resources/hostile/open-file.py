# THROWN
open('/etc/passwd').read()
