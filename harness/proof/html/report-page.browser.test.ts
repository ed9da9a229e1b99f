import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../model/finding.ts'
import { findChromium } from '../../testing/find-chromium.ts'
import { makeReportExample } from '../../testing/report-example.ts'
import { renderPage } from './render-page.ts'

const executablePath = findChromium(process.env)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const hostile = `"><script>document.title='broken'</script>'${'x'.repeat(10_000)}表\u202E`
const missing: Finding = { kind: 'missing-table', table: 'units', phase: 2, expectation: 'units are there' }
const size = { phases: 3, tables: 12, endpoints: 12 }

const pages = {
  proven: toText(size),
  disproven: toText({ ...size, findings: [missing, { ...missing, table: 'legs' }] }),
  hostile: toText({
    ...size,
    name: hostile,
    findings: [{ ...missing, table: hostile, expectation: hostile }],
  }),
  large: toText({ phases: 30, tables: 200, endpoints: 323 }),
  // What the tests below have to see.
  faulty: toText(size)
    .replace('<html lang="en">', '<html>')
    .replace(
      '</main>',
      '<img src="http://127.0.0.1:9/pixel"><script>document.title = "broken"</script></main>',
    ),
}

let folder: string
let browser: Browser

function toText(example: Parameters<typeof makeReportExample>[0]): string {
  const { proof, states, scenario } = makeReportExample(example)
  return renderPage(proof, states, scenario)
}

beforeAll(async () => {
  if (executablePath === null) return
  folder = mkdtempSync(join(tmpdir(), 'phaseproof-page-'))
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, `${name}.html`), text)
  // Chromium's own sandbox does not start as root.
  browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
})

afterAll(async () => {
  await browser?.close()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** A page in a window of its own, with all that it complained of or asked the network for. */
async function withPage<T>(
  name: keyof typeof pages,
  options: BrowserContextOptions,
  look: (
    page: Page,
    seen: { readonly complaints: string[]; readonly requests: string[]; readonly refused: string[] },
  ) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options)
  try {
    const page = await context.newPage()
    const seen = { complaints: [] as string[], requests: [] as string[], refused: [] as string[] }
    page.on('console', (message) => seen.complaints.push(message.text()))
    page.on('pageerror', (error) => seen.complaints.push(String(error)))
    page.on('request', (request) => seen.requests.push(request.url()))
    page.on('requestfailed', (request) => seen.refused.push(request.failure()?.errorText ?? ''))
    await page.goto(toUrl(name))
    return await look(page, seen)
  } finally {
    await context.close()
  }
}

function toUrl(name: keyof typeof pages): string {
  return pathToFileURL(join(folder, `${name}.html`)).href
}

/** Unfolds all, shows what is far below the window, and asks axe for all that it can tell. */
const JUDGE = `(async () => {
  for (const one of document.querySelectorAll('details')) one.open = true
  for (const one of document.querySelectorAll('section')) one.style.contentVisibility = 'visible'
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await axe.run({ runOnly: tags })
  return violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200) + ' ' + nodes[0].failureSummary)
})()`

async function findFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate<string[]>(JUDGE)
}

const PAPER = 'getComputedStyle(document.body).backgroundColor'
const shownRows = (page: Page, table: string) => page.locator(`#${table} tbody tr:visible`).count()

/** Presses Tab until the focus is where it should get to. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press('Tab')
    if ((await page.locator(`${selector}:focus`).count()) > 0) return
  }
  throw new Error(`The focus never came to ${selector}.`)
}

describe.runIf(executablePath !== null)('the page in a browser', () => {
  it.each(['proven', 'disproven', 'hostile', 'large'] as const)(
    'opens %s without a complaint, and asks for nothing but its own file',
    async (name) => {
      await withPage(name, {}, async (page, { complaints, requests }) => {
        expect([complaints, requests]).toEqual([[], [toUrl(name)]])
        expect(await page.title()).not.toBe('broken')
      })
    },
  )

  it('lets neither a script nor a picture through that was put into it', async () => {
    await withPage('faulty', {}, async (page, { complaints, requests, refused }) => {
      expect(await page.title()).not.toBe('broken')
      expect(complaints.filter((text) => text.includes('Content Security Policy'))).toHaveLength(2)
      // Chromium tells of a request that its policy forbids; nothing of it leaves.
      expect(requests).toEqual([toUrl('faulty'), 'http://127.0.0.1:9/pixel'])
      expect(refused).toEqual(['csp'])
    })
  })

  it.each([
    ['proven', 'light'],
    ['proven', 'dark'],
    ['disproven', 'light'],
    ['disproven', 'dark'],
    ['hostile', 'light'],
  ] as const)('is accessible, as far as axe can tell: %s, %s', async (name, colorScheme) => {
    expect(await withPage(name, { colorScheme }, findFaults)).toEqual([])
  })

  it('is judged by an axe that finds a missing language', async () => {
    const faults = await withPage('faulty', {}, findFaults)
    expect(faults.map((fault) => fault.split(':')[0])).toContain('html-has-lang')
  })

  it('filters by text and by state with the keyboard alone, and says how many are left', async () => {
    await withPage('proven', {}, async (page) => {
      expect(await shownRows(page, 'endpoints-table')).toBe(12)
      await tabTo(page, '[data-filters=endpoints-table] input')
      await page.keyboard.type('THINGS1')
      expect(await shownRows(page, 'endpoints-table')).toBe(3)
      await page.keyboard.press('Tab')
      await page.keyboard.type('fails, and')
      expect(await shownRows(page, 'endpoints-table')).toBe(1)
      expect(await page.textContent('[data-filters=endpoints-table] output')).toBe('1 of 12 shown')
      // Enter must not send the form, which would load the page anew.
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Enter')
      expect(await shownRows(page, 'endpoints-table')).toBe(1)
      expect(await shownRows(page, 'rows-table')).toBe(12)
    })
  })

  it('begins with a link past the navigation, and shows where the focus is', async () => {
    await withPage('proven', {}, async (page) => {
      await page.keyboard.press('Tab')
      expect(await page.textContent(':focus')).toBe('Skip to the verdict')
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
      await page.keyboard.press('Enter')
      expect(await page.getAttribute(':focus', 'id')).toBe('main')
    })
  })

  it('switches its colours, and unfolds what is folded', async () => {
    await withPage('proven', { colorScheme: 'dark' }, async (page) => {
      const paper = () => page.evaluate(PAPER)
      const dark = await paper()
      await page.click('text=Light colours')
      expect(await paper()).not.toBe(dark)
      await page.click('text=Dark colours')
      expect(await paper()).toBe(dark)
      await page.click('text=Unfold all')
      expect(await page.locator('details:not([open])').count()).toBe(0)
    })
  })

  it.each([
    ['proven', 320],
    ['disproven', 375],
    ['hostile', 375],
  ] as const)('fits a narrow window: %s at %i pixels', async (name, width) => {
    await withPage(name, { viewport: { width, height: 700 } }, async (page) => {
      await page.click('text=Unfold all')
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    })
  })

  it('is printed without what can only be clicked, on white paper', async () => {
    await withPage('proven', { colorScheme: 'dark' }, async (page) => {
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('nav:visible, form:visible, button:visible').count()).toBe(0)
      expect(await page.evaluate(PAPER)).toBe('rgb(255, 255, 255)')
      expect(await page.locator('h2:visible').count()).toBe(12)
    })
  })

  it('can be read without its script, and offers no filter then', async () => {
    await withPage('proven', { javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('form:visible, button:visible').count()).toBe(0)
      expect(await page.locator('section:visible h2').count()).toBe(12)
      expect(await shownRows(page, 'endpoints-table')).toBe(12)
    })
  })

  it('does not move for whoever asked for less motion', async () => {
    const behaviour = (page: Page) =>
      page.evaluate('getComputedStyle(document.documentElement).scrollBehavior')
    expect(await withPage('proven', { reducedMotion: 'reduce' }, behaviour)).toBe('auto')
    expect(await withPage('proven', { reducedMotion: 'no-preference' }, behaviour)).toBe('smooth')
  })

  it('shows all of 30 phases, 200 tables and 10,000 results', async () => {
    await withPage('large', {}, async (page) => {
      expect(await page.locator('#endpoints-table td').count()).toBeGreaterThan(10_000)
      expect(await page.locator('#rows-table tbody tr').count()).toBe(200)
      const [loadMs, paintMs] = await page.evaluate<number[]>(`[
        performance.getEntriesByType('navigation')[0].duration,
        performance.getEntriesByName('first-contentful-paint')[0].startTime,
      ].map(Math.round)`)
      const sizeKb = Math.round(statSync(join(folder, 'large.html')).size / 1024)
      console.info(
        `the large page: ${sizeKb} kB, first painted after ${paintMs} ms, loaded after ${loadMs} ms`,
      )
    })
  })
})

if (executablePath === null)
  it('is looked at in a browser', (context) => {
    const message =
      'No Chromium was found: install it (apt-get install chromium) or name it in PHASEPROOF_CHROMIUM.'
    if (process.env.CI) throw new Error(message)
    console.warn(`The page was not looked at: did not run. ${message}`)
    context.skip(message)
  })
