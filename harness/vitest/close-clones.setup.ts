import { afterAll } from 'vitest'
import { closeClones } from './contract-place.ts'

// Set-up files run again for each test file, where the modules of one worker are loaded once.
afterAll(closeClones)
