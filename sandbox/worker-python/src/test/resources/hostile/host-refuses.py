# HOST_DENIED
host.state.put('k', 1)
