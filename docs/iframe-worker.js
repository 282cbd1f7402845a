// The search of the site is a worker, and browsers start none from a folder (file:). There it runs in a hidden frame.
if (location.protocol === "file:")
  window.Worker = class extends EventTarget {
    #room;

    constructor(script) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      this.#room = new Promise(ready => {
        frame.onload = () => {
          const room = frame.contentWindow, tag = frame.contentDocument.createElement("script");
          room.postMessage = data => this.dispatchEvent(new MessageEvent("message", {data}));
          tag.onload = () => ready(room);
          tag.src = script;
          frame.contentDocument.head.append(tag);
        };
      });
      document.body.append(frame);
    }

    postMessage(data) {
      this.#room.then(room => room.dispatchEvent(new MessageEvent("message", {data})));
    }
  };
