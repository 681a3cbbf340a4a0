// THROWN
eval('}{')
