import type { Tone } from './accents.ts'
import { Markup } from '../../markup.ts'

const font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const ink = '#1c1d20'
const dim = '#5c5f66'
const line = '#e3e4e8'
const page = '#f4f5f6'
const breaks = 'word-break:break-word;overflow-wrap:anywhere'

/** The styles that stand on the elements themselves. */
export const css = {
  page: `margin:0;padding:0;background:${page};color:${ink};${font};-webkit-text-size-adjust:100%`,
  outer: `width:100%;background:${page};${font}`,
  sheet:
    `width:100%;max-width:560px;margin:0 auto;background:#ffffff;border:1px solid ${line};` +
    'border-radius:12px;border-collapse:separate',
  around: 'padding:24px 12px',
  inside: 'padding:28px 32px 24px',
  hidden: 'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:0;mso-hide:all',
  mark:
    'width:30px;height:30px;border-radius:7px;color:#ffffff;font-size:12px;line-height:30px;' +
    `font-weight:700;text-align:center;letter-spacing:.02em;${font}`,
  sender: `padding-left:10px;color:${dim};font-size:14px;line-height:20px;font-weight:600;${font};${breaks}`,
  title:
    `margin:22px 0 14px;color:${ink};font-size:22px;line-height:1.3;font-weight:700;` +
    `letter-spacing:-.01em;${font};${breaks}`,
  words: `margin:0 0 14px;color:${ink};font-size:16px;line-height:1.55;${font};${breaks}`,
  facts: `margin:20px 0 22px;border-collapse:collapse;${font}`,
  label:
    `width:38%;padding:9px 12px 9px 0;border-top:1px solid ${line};color:${dim};font-size:14px;` +
    `line-height:1.45;font-weight:400;text-align:left;vertical-align:top;${breaks}`,
  value:
    `padding:9px 0;border-top:1px solid ${line};color:${ink};font-size:15px;line-height:1.4;` +
    `font-weight:600;text-align:left;vertical-align:top;${breaks}`,
  act:
    'display:inline-block;padding:12px 22px;border-radius:8px;color:#ffffff;font-size:16px;' +
    `line-height:20px;font-weight:600;text-decoration:none;${font}`,
  actCell: 'border-radius:8px;mso-padding-alt:12px 22px',
  note: `margin:0 0 10px;color:${dim};font-size:14px;line-height:1.5;${font};${breaks}`,
  address: `margin:16px 0 0;color:${dim};font-size:12px;line-height:1.5;${font};word-break:break-all`,
  section:
    `margin:26px 0 4px;padding-top:18px;border-top:1px solid ${line};color:${ink};font-size:16px;` +
    `line-height:1.4;font-weight:700;${font};${breaks}`,
  count: `color:${dim};font-weight:400`,
  list: 'margin:0;padding:0;list-style:none',
  item: `margin:0;padding:8px 0;font-size:16px;line-height:1.45;${font};${breaks}`,
  link: 'font-weight:600;text-decoration:none',
  line: `color:${dim};font-size:14px`,
  footTable: 'max-width:560px;margin:0 auto',
  foot: 'padding:20px 33px 8px',
  footLine: `margin:0 0 8px;color:${dim};font-size:13px;line-height:1.5;${font};${breaks}`,
  footLink: `color:${dim};text-decoration:underline`,
} as const

/**
 * What changes in the dark and on phones. Classes carry nothing else, so a reader that drops this shows a light letter
 * that fits. Outlook on Windows, which would fall back to Times, is told its font.
 */
export const sheetStyles = ({ glow }: Tone) =>
  new Markup(`
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (max-width:480px){.inside{padding:22px 20px 20px!important}.foot{padding:20px 21px 8px!important}}
@media (prefers-color-scheme:dark){
.page{background:#111214!important}
.sheet{background:#1c1e22!important;border-color:#2e3136!important}
.ink{color:#e7e8ea!important}
.dim{color:#a0a3a9!important}
.line{border-color:#33363c!important}
.link{color:${glow}!important}
.act{background:${glow}!important;color:#111214!important}
}
`)
