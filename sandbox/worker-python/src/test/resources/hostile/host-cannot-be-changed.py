# THROWN
host.state = 1
