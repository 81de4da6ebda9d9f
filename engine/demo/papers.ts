import { crc32, deflateSync } from 'node:zlib'

/** A PDF of one page: a heading, and lines below it. */
export function letter(heading: string, lines: readonly string[]): Buffer {
  const shown = (text: string) => `(${text.replace(/[\\()]/g, '\\$&')}) Tj`
  const drawn = ['BT /F 22 Tf 72 740 Td', shown(heading), '/F 12 Tf 0 -42 Td 20 TL']
  const content = [...drawn, ...lines.map((line) => `${shown(line)} T*`), 'ET'].join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let file = '%PDF-1.7\n'
  const places = objects.map((object, index) => {
    const place = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 6\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size 6 /Root 1 0 R >>\n`
  return Buffer.from(`${file}${table}startxref\n${file.length}\n%%EOF\n`, 'latin1')
}

const wide = 640
const high = 480

/** The color of a damp wall: a stain that grows downward from the edge of a ceiling. */
function wallAt(x: number, y: number): readonly [number, number, number] {
  const grain = ((x * 7919 + y * 104_729) % 13) - 6
  if (y < 70) return [236 + grain, 234 + grain, 229 + grain]
  const reach = 250 + 40 * Math.sin(x / 31) + 22 * Math.sin(x / 11)
  const depth = Math.hypot((x - 350) * 1.3, y - 70) / reach
  const damp = depth > 1 ? 0 : 0.25 + 0.35 * depth ** 6 + 0.2 * (1 - depth)
  return [214 - 90 * damp + grain, 209 - 120 * damp + grain, 196 - 150 * damp + grain]
}

/** A picture of a leak, as a PNG. */
export function pictureOfLeak(): Buffer {
  const rows = Buffer.alloc(high * (1 + 3 * wide))
  for (let y = 0; y < high; y++) for (let x = 0; x < wide; x++) rows.set(wallAt(x, y), y * (1 + 3 * wide) + 1 + 3 * x)
  const piece = (kind: string, bytes: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), bytes])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(bytes.length)
    frame.writeUInt32BE(crc32(body), 4)
    return [frame.subarray(0, 4), body, frame.subarray(4)]
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(wide)
  head.writeUInt32BE(high, 4)
  head.set([8, 2], 8)
  const pieces = [piece('IHDR', head), piece('IDAT', deflateSync(rows)), piece('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...pieces.flat()])
}
