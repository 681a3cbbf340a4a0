// THROWN
host.state.get({ toJSON() { throw new RangeError('boom'); } })
