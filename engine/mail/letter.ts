import type { Mail } from './mail.ts'
import { escapeHtml } from './markup.ts'

/** What a letter says, before it is laid out. */
export interface Letter {
  readonly subject: string
  readonly greeting: string
  readonly paragraphs: readonly string[]
  /** The one thing to do. */
  readonly act?: { readonly label: string; readonly url: string }
  /** Small print under the act. */
  readonly notes?: readonly string[]
}

/** The mail that brings a letter to somebody. */
export const mailOf = (to: Mail['to'], letter: Letter): Mail => ({
  to,
  subject: letter.subject,
  text: letterText(letter),
  html: letterHtml(letter),
})

/** The letter as plain text, lines as they come: readers wrap them. */
function letterText({ greeting, paragraphs, act, notes = [] }: Letter): string {
  const link = act ? [`${act.label}:\n${act.url}`] : []
  return `${[greeting, ...paragraphs, ...link, ...notes].join('\n\n')}\n`
}

const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif"
const page = `margin:0;padding:32px 16px;background:#f6f7f7;color:#1f2933;${font};font-size:16px;line-height:1.5`
const sheet = 'max-width:520px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #e3e6e8;border-radius:8px'
const button =
  'display:inline-block;padding:12px 20px;border-radius:6px;background:#0b6e69;color:#ffffff;' +
  'font-weight:600;text-decoration:none'
const small = 'color:#52606d;font-size:14px'

/** The letter as HTML. Styles stand on each element because mail readers drop style sheets. */
function letterHtml({ subject, greeting, paragraphs, act, notes = [] }: Letter): string {
  const lines = [greeting, ...paragraphs].map((text) => `<p>${escapeHtml(text)}</p>`)
  const print = notes.map((text) => `<p style="${small}">${escapeHtml(text)}</p>`)
  if (act) {
    const url = escapeHtml(act.url)
    lines.push(`<p style="margin:28px 0"><a href="${url}" style="${button}">${escapeHtml(act.label)}</a></p>`)
    print.push(`<p style="${small};word-break:break-all">${url}</p>`)
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(subject)}</title>
</head>
<body style="${page}">
<div style="${sheet}">
${[...lines, ...print].join('\n')}
</div>
</body>
</html>
`
}
