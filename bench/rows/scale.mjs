export const scaleOnLite = () => { throw new Error("x"); };
export const scaleOnServer = () => { throw new Error("x"); };
