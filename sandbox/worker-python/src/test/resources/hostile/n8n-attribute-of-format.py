# THROWN
'{0.__class__.__init__.__globals__[os]}'.format(host)
