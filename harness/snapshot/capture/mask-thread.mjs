// A thread of Node 20 knows no TypeScript unless it is told so from inside.
import { register } from 'tsx/esm/api'

register()
await import('./mask-in-thread.ts')
