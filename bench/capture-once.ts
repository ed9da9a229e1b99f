import { captureSnapshot } from '../harness/capture/capture-snapshot.ts'
import { toCaptureProof } from '../harness/capture/leak/prove-captured.ts'
import { toMaskKey } from '../harness/capture/mask/mask-key.ts'
import { silentProgress } from '../harness/model/ports.ts'
import { POLICY } from './transports.ts'

/** What one capture took, in its own process, so that its memory is not mixed with anything else's. */
export interface CaptureTook {
  /** Duration without the leak proof. */
  readonly captureMs: number
  readonly proofMs: number
  readonly peakBytes: number
  readonly sizeBytes: number
}

const [url = '', folder = ''] = process.argv.slice(2)
const prove = toCaptureProof({ progress: silentProgress })
let proofMs = 0
const from = performance.now()
const { manifest } = await captureSnapshot({
  url,
  source: 'the measured database',
  policy: { text: POLICY, name: 'policy' },
  key: toMaskKey('the key of the measurements'),
  folder,
  name: 'measured',
  allowWriter: new URL(url).username,
  schemaFrom: 'catalog',
  maker: 'the measurements',
  code: '',
  progress: silentProgress,
  prove: async (captured) => {
    const begun = performance.now()
    const proof = await prove(captured)
    proofMs = performance.now() - begun
    return proof
  },
})
const took: CaptureTook = {
  captureMs: performance.now() - from - proofMs,
  proofMs,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  sizeBytes: manifest.tables.reduce((sum, table) => sum + table.sizeBytes, 0),
}
process.stdout.write(JSON.stringify(took))
