import { execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toCanonicalJson } from '../ground/to-canonical-json.ts'
import type { ProofStatement } from '../model/statement.ts'
import { toTimelessDigest } from '../proof/statement/to-timeless.ts'
import { runPhaseproof } from '../testing/run-phaseproof.ts'
import { makeShopProject } from '../testing/shop-project.ts'

const project = makeShopProject()
const proof = 'reports/shop/phase-1.json'
const run = (...args: string[]) => runPhaseproof(args, undefined, {}, project.root)
const prove = (...args: string[]) => run('prove', '1', '--postgres', 'embedded', ...args)
const read = (file: string) => readFileSync(join(project.root, file), 'utf8')
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.test', ...args], {
    cwd: project.root,
  })

let text = ''
let statement: ProofStatement

beforeAll(async () => {
  project.addScenario('shop')
  // The server is the project's own, and imports what was generated for it.
  project.write('src/app.ts', `import './generated/client.ts'\n${read('scenarios/shop/server.ts')}`)
  project.write('src/generated/client.ts', 'export {}\n')
  project.write('scenarios/shop/server.ts', "export { createApp } from '../../src/app.ts'\n")
  project.write('.gitignore', 'node_modules\n.phaseproof\n*.pem\ngenerated\n')
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '--message', 'shop')
  await prove('--fresh')
  text = read('reports/shop/phase-1.proof.json')
  statement = JSON.parse(text) as ProofStatement
})
afterAll(() => project.remove())

describe('the statement beside a proof', () => {
  it('says what it was made of, and with which commit', () => {
    const { subject, predicate } = statement
    const head = git('rev-parse', 'HEAD').toString().trim()
    expect(subject.map(({ name }) => name)).toEqual([
      'contracts',
      'expectations',
      'file:src/app.ts',
      'migration:20260101090000_orders',
      'plan',
      'server',
      'states',
    ])
    expect(predicate.result).toBe('PASSED')
    expect(predicate.phaseproof).toMatchObject({ verdict: 'proven', commit: { id: head, isDirty: false } })
    expect(predicate.phaseproof.checks.filter(({ state }) => state === 'passed').length).toBeGreaterThan(10)
    expect(predicate.phaseproof.proof).toEqual(JSON.parse(read(proof)))
  })

  it('is canonical, and as the published schema describes it', () => {
    expect(text).toBe(toCanonicalJson(statement))
    const ajv = new Ajv2020({ strict: false })
    ajvFormats.default(ajv)
    const schema = join(import.meta.dirname, '../../docs/proof-format.schema.json')
    const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))
    expect([validate(statement), validate.errors]).toEqual([true, null])
  })

  it('is the same after the same run, apart from times', async () => {
    // A filter that every name passes changes nothing but what the statement says of it.
    await prove('--fresh', '-t', '.')
    const again = JSON.parse(read('reports/shop/phase-1.proof.json')) as ProofStatement
    const { phaseproof } = again.predicate
    expect(phaseproof.run).toEqual({ ...statement.predicate.phaseproof.run, isFiltered: true })
    const { run } = statement.predicate.phaseproof
    const whole = { ...again, predicate: { ...again.predicate, phaseproof: { ...phaseproof, run } } }
    expect(toTimelessDigest(whole)).toBe(toTimelessDigest(statement))
    writeFileSync(join(project.root, 'reports/shop/phase-1.proof.json'), text)
    writeFileSync(join(project.root, proof), JSON.stringify(statement.predicate.phaseproof.proof))
  })
})

describe('a proof that a person signs', () => {
  const verify = (...args: string[]) => run('verify-proof', proof, '--key', 'team.pub.pem', ...args)

  it('is verified against the files, and refused once one of them changes', async () => {
    expect(await run('keygen', '--out', 'team')).toMatchObject({ code: 0 })
    expect(await run('sign', proof, '--key', 'team.pem')).toMatchObject({ code: 0 })
    expect(await verify()).toMatchObject({ code: 0, stdout: expect.stringContaining('it counts') })
    const app = join(project.root, 'src/app.ts')
    const before = readFileSync(app)
    appendFileSync(app, '\n')
    expect(await verify()).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('subject-changed: file:src/app.ts is not'),
    })
    writeFileSync(app, before)
  })

  it('is staged with its digest', async () => {
    expect(await run('stage', '1', '--out', 'staged', '--from-proof')).toMatchObject({ code: 0 })
    expect(JSON.parse(read('staged/phaseproof-stage.json'))).toMatchObject({
      phase: 1,
      proof: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    appendFileSync(join(project.root, 'staged/migrations/20260101090000_orders/migration.sql'), ' ')
    expect(await run('stage', '--check', 'staged')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('migration.sql was changed'),
    })
  })
})
