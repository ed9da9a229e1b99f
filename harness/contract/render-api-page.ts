import type { ApiDocument } from './api-document.ts'
import type { ApiOperation } from './parse-operations.ts'
import { toRecord } from './resolve-pointer.ts'

/** An OpenAPI document as one page of HTML that needs nothing else; `afterPhase` greys out what comes alive later. Pure. */
export function renderApiPage({ title, operations, json }: ApiDocument, afterPhase: number): string {
  const tags = [...new Set(operations.map(({ tags: [first = 'other'] }) => first))]
  const groups = tags.map((tag) => {
    const own = operations.filter(({ tags: [first = 'other'] }) => first === tag)
    return `<h2>${toHtml(tag)}</h2>\n${own.map((operation) => renderOperation(operation, afterPhase)).join('\n')}`
  })
  const description = toRecord(toRecord(json).info).description
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${toHtml(title)}</title><style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
h2 { margin-top: 2rem; border-bottom: 1px solid #ddd } details { margin: .2rem 0 } summary { cursor: pointer }
code { font-size: 13px } .method { display: inline-block; width: 4.5rem; font-weight: 600 } .later { color: #999 }
pre { white-space: pre-wrap; background: #f6f6f6; padding: .8rem } small { color: #777 }
</style></head><body>
<h1>${toHtml(title)}</h1>
<p>${operations.length} operations, on the database after phase ${afterPhase}. <a href="/openapi.json">openapi.json</a></p>
${typeof description === 'string' ? `<pre>${toHtml(description)}</pre>` : ''}
${groups.join('\n')}
</body></html>
`
}

function renderOperation(operation: ApiOperation, afterPhase: number): string {
  const { method, path, operationId, sincePhase, isPublic, parameters, requestBody, responses } = operation
  const isLater = sincePhase > afterPhase
  const inputs = parameters.map(
    ({ name, in: place, required }) => `${name} (${place}${required ? ', required' : ''})`,
  )
  const body = requestBody ? [`body (${Object.keys(requestBody.content).join(', ')})`] : []
  return `<details${isLater ? ' class="later"' : ''}><summary><span class="method">${method}</span> <code>${toHtml(path)}</code>
<small>${toHtml(operationId)}${isPublic ? ', no login' : ''}${isLater ? `, from phase ${sincePhase}` : ''}</small></summary>
<p>takes ${toHtml([...inputs, ...body].join(', ') || 'nothing')}<br>answers ${toHtml(Object.keys(responses).join(', '))}</p></details>`
}

function toHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
