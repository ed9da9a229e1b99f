// Prints `N passed, N failed` over the result files of Vitest's JSON reporter that are named as arguments. A file that is
// missing or holds no test means that the sum is not known: it is said so, and the exit code is 1, as with any failure.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

const sum = { passed: 0, failed: 0, skipped: 0 }
const unknown = []

for (const file of process.argv.slice(2)) {
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'))
    const { numPassedTests: passed, numFailedTests: failed, numTotalTests: total } = result
    if (![passed, failed, total].every(Number.isInteger) || passed + failed === 0) throw new Error('no test')
    // A test file that cannot be loaded has no failed test of its own, but it failed.
    const broken = result.testResults.filter(
      (module) =>
        module.status === 'failed' && module.assertionResults.every(({ status }) => status !== 'failed'),
    )
    sum.passed += passed
    sum.failed += failed + broken.length
    sum.skipped += total - passed - failed
  } catch {
    unknown.push(basename(file))
  }
}

if (unknown.length > 0 || sum.passed === 0) {
  console.log(`The number of tests is not known: no counts in ${unknown.join(', ') || 'any file'}.`)
  process.exitCode = 1
} else {
  console.log(
    `${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`,
  )
  if (sum.failed > 0) process.exitCode = 1
}
