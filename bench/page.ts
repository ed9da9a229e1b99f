import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { renderPage } from '../harness/proof/html/render-page.ts'
import { findChromium } from '../harness/testing/find-chromium.ts'
import { makeReportExample } from '../harness/testing/report-example.ts'

const RUNS = 5

/** What the page of a large proof takes to render and to open, as a sentence. */
export async function describePage(): Promise<string> {
  const { proof, states, scenario } = makeReportExample({ phases: 30, tables: 200, endpoints: 323 })
  const rendered: number[] = []
  let text = ''
  for (let run = 0; run < RUNS; run += 1) {
    const begun = performance.now()
    text = renderPage(proof, states, scenario)
    rendered.push(performance.now() - begun)
  }
  const what = `The page of 30 phases, 200 tables and 10,013 results: ${Math.round(text.length / 1024)} kB, rendered in ${toMedian(rendered)} ms`
  const opened = await measureOpening(text)
  return opened === null
    ? `${what}; no Chromium was there to open it.`
    : `${what}; Chromium first paints it after ${toMedian(opened.map(({ paintMs }) => paintMs))} ms and has it whole after ${toMedian(opened.map(({ loadMs }) => loadMs))} ms (medians of ${RUNS}; aim: 1000).`
}

async function measureOpening(text: string) {
  const executablePath = findChromium(process.env)
  if (executablePath === null) return null
  const folder = await mkdtemp(join(tmpdir(), 'phaseproof-bench-page-'))
  const file = join(folder, 'index.html')
  await writeFile(file, text)
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
  try {
    const opened: { readonly paintMs: number; readonly loadMs: number }[] = []
    for (let run = 0; run < RUNS; run += 1) {
      const page = await browser.newPage()
      await page.goto(pathToFileURL(file).href)
      opened.push(
        await page.evaluate(`({
          paintMs: performance.getEntriesByName('first-contentful-paint')[0].startTime,
          loadMs: performance.getEntriesByType('navigation')[0].duration,
        })`),
      )
      await page.close()
    }
    return opened
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function toMedian(numbers: readonly number[]): number {
  return Math.round(numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0)
}
