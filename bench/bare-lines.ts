// Reads a file and splits it into lines and values, and does nothing with them: the least that counting takes. In a
// process of its own. Run with a file; prints how many values there were.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

const [file = ''] = process.argv.slice(2)
let values = 0
for await (const line of createInterface({ input: createReadStream(file) })) values += line.split(',').length
process.stdout.write(String(values))
