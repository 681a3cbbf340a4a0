// HOST_DENIED
host['state.get\u0000']('k')
