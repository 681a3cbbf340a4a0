# THROWN
import os
os.fork()
