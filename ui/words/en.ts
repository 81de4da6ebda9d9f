import { frame } from './en-frame.ts'
import { records } from './en-records.ts'

/** Sentences of the browser machine that every page may need; the files beside it travel with their pages. */
export const words = {
  ...frame,
  ...records,
  problem: {
    title: 'Something went wrong',
    page: 'This page could not be shown. Try again; if it stays like this, tell your admin.',
    fault: 'The server could not do this. Try again in a moment.',
    refused: 'The server refused this.',
    unreachable: 'The server cannot be reached. Check your connection and try again.',
    offlineTitle: 'No connection',
    forbiddenTitle: 'This is not for you to see',
    secondStep: 'A second step is needed',
    setUp: 'Set it up',
    missingTitle: 'Not found',
    missingText: 'There is nothing at this address. It may have been moved, or you may not be allowed to see it.',
    home: 'Go to the start page',
    retry: 'Try again',
    reference: 'Reference for support: {{id}}',
  },
} as const
