// HOST_DENIED|THROWN
host.__proto__.constructor('return 1')()
