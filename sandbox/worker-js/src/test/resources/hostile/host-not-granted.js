// HOST_DENIED
host.models.chat({ prompt: 'x' })
