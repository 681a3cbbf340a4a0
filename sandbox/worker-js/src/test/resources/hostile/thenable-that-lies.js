// OK 2
({ then(yes) { yes(2); yes(3); throw new Error('late'); } })
