/** Giving a seat back, so that the count of seats is right again. */

/**
 * The device forgets the seat whatever the network says, so nobody waits for the answer.
 * @param {{post: (path: string, body: any, options?: any) => Promise<any>}} api for the seat's token
 */
export function giveSeatBack(api) {
  api.post("leave", {}, { keepalive: true }).catch(() => {});
}
