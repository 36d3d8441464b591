/** Whether the server's model takes pictures: it says so in the page that it sends, so that nothing has to be asked. */
export const takesPictures = document.documentElement.dataset["takes"] !== "texts";
