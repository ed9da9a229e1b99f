import type { ApiDocument } from './api-document.ts'
import type { ApiOperation } from './parse-operations.ts'
import { follow, join, lookUp, toRecord } from './resolve-pointer.ts'

/** An OpenAPI document as one page of HTML that needs nothing else; `afterPhase` greys out what comes alive later. Pure. */
export function renderApiPage({ title, operations, json }: ApiDocument, afterPhase: number): string {
  const tags = [...new Set(operations.map(({ tags: [first = 'other'] }) => first))]
  const groups = tags.map((tag) => {
    const own = operations.filter(({ tags: [first = 'other'] }) => first === tag)
    return `<h2>${toHtml(tag)}</h2>\n${own.map((operation) => renderOperation(json, operation, afterPhase)).join('\n')}`
  })
  const description = toRecord(toRecord(json).info).description
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${toHtml(title)}</title><style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
h2 { margin-top: 2rem; border-bottom: 1px solid #ddd } details { margin: .2rem 0 } summary { cursor: pointer }
code { font-size: 13px } .method { display: inline-block; width: 4.5rem; font-weight: 600 } .later { color: #757575 }
pre { white-space: pre-wrap; background: #f6f6f6; padding: .8rem } small { color: #666 }
details p { margin: .3rem 0 .8rem 5.6rem }
</style></head><body>
<h1>${toHtml(title)}</h1>
<p>${operations.length} operations, on the database after phase ${afterPhase}. <a href="/openapi.json">openapi.json</a></p>
${typeof description === 'string' ? `<pre>${toHtml(description)}</pre>` : ''}
${groups.join('\n')}
</body></html>
`
}

function renderOperation(json: unknown, operation: ApiOperation, afterPhase: number): string {
  const { method, path, operationId, sincePhase, isPublic, parameters, requestBody, responses } = operation
  const isLater = sincePhase > afterPhase
  const node = toRecord(lookUp(json, join('/paths', path, method.toLowerCase())))
  const inputs = parameters.map(
    ({ name, in: place, required }) => `${name} (${place}${required ? ', required' : ''})`,
  )
  const bodies = Object.entries(requestBody?.content ?? {}).map(
    ([type, schema]) => `a body of ${type}${describeProperties(json, schema)}`,
  )
  const lines = [
    ...(typeof node.description === 'string' ? [node.description] : []),
    `takes ${[...inputs, ...bodies].join(', ') || 'nothing'}`,
    `answers ${Object.keys(responses).join(', ')}`,
  ]
  return `<details${isLater ? ' class="later"' : ''}><summary><span class="method">${method}</span> <code>${toHtml(path)}</code>
<small>${toHtml(operationId)}${isPublic ? ', no login' : ''}${isLater ? `, from phase ${sincePhase}` : ''}</small></summary>
<p>${lines.map(toHtml).join('<br>')}</p></details>`
}

/** The names of a body's own properties, with a mark at those that must be there. */
function describeProperties(json: unknown, pointer: string | null): string {
  const schema = toRecord(
    pointer === null ? undefined : follow(json, { pointer, node: lookUp(json, pointer) })?.node,
  )
  const required = Array.isArray(schema.required) ? schema.required : []
  const names = Object.keys(toRecord(schema.properties)).map((name) =>
    required.includes(name) ? `${name} (required)` : name,
  )
  return names.length === 0 ? '' : ` with ${names.join(', ')}`
}

function toHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
