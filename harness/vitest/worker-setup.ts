import { hearErrors } from './hear-errors.ts'

// Vitest runs this in a worker before each test file.
hearErrors()
