x {{data}} {{policy}} {{style}} {{graph}} {{page}} {{labels}}
