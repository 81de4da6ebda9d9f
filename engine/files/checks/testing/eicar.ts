/**
 * The test file that every scanner finds and that harms nobody, from eicar.org. It is put together here, so that no
 * scanner finds it in this folder.
 */
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EIC', 'AR-STANDARD-ANTI', 'VIRUS-TEST-FILE!$H+H*'].join(''),
)
