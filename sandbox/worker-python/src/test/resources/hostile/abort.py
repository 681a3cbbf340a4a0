# THROWN|LOST
import os
os.abort()
