/** A program's money as its record has it. */
export const budgetOf = (row: Readonly<Record<string, unknown>>) => ({
  name: String(row['name']),
  budget: String(row['budget']),
  paid: String(row['paid']),
  committed: String(row['committed']),
})
