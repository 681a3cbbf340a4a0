# THROWN
import os
os.listdir('/')
