// CPU
({ toJSON() { for (;;) { } } })
