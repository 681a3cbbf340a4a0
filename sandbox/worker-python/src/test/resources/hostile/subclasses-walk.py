# OK
len([c for c in ().__class__.__base__.__subclasses__() if 'Popen' in c.__name__])
