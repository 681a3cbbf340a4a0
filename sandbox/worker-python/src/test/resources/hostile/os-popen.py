# THROWN
import os
os.popen('id').read()
