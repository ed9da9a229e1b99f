import { expect } from 'vitest'
import { schemaMatchers } from './schema-matchers.ts'

expect.extend(schemaMatchers)
