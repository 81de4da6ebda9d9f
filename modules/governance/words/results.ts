/** What people read of a result. */
export const results = {
  title: 'Results',
}
