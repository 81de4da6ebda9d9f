import { type House, makeLog, raiseHouse, readSettings } from '@commonhall/engine'
import { allModules } from '../server.ts'

/** Opens the house for one command, brought up to date, and closes it whatever happens. */
export async function withHouse<Value>(work: (house: House) => Promise<Value>): Promise<Value> {
  const house = await raiseHouse(readSettings(process.env), await allModules(), makeLog('warn'))
  try {
    return await work(house)
  } finally {
    await house.close()
  }
}
